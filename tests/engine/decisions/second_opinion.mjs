// What feelin, another implementation of FEEL, says of expressions: node second_opinion.mjs FOLDER_OF_PACKAGES < list.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const packages = createRequire(pathToFileURL(`${process.argv[2]}/`));
const { evaluate } = await import(pathToFileURL(packages.resolve("feelin")));
const said = JSON.parse(readFileSync(0, "utf-8")).map((text) => {
  try {
    return { value: evaluate(text, {}).value };
  } catch (error) {
    return { error: String(error) };
  }
});
console.log(JSON.stringify(said));
