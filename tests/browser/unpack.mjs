// Inflates the Chromium of the npm package and the archives of the libraries and fonts it needs: unpack.mjs FROM TO
// (the package's own unpacking wants a newer Node and leaves the libraries out everywhere but on its home platform).

import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

const [from, to] = process.argv.slice(2);
for (const name of ["chromium", "al2023.tar", "fonts.tar", "swiftshader.tar"]) {
  await pipeline(createReadStream(join(from, `${name}.br`)), createBrotliDecompress(), createWriteStream(join(to, name)));
}
