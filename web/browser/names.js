// What moddle must know of the namespace of Ihala to find an element's Arabic name, whatever prefix the file gives it.

export const named = {
  name: "Ihala",
  prefix: "ihala",
  uri: "urn:ihala:bpmn",
  types: [
    {
      name: "Named",
      extends: ["bpmn:BaseElement"],
      properties: [{ name: "nameAr", type: "String", isAttr: true }],
    },
  ],
};
