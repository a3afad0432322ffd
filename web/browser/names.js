// What moddle must know of the namespace of Ihala to read and write its words, whatever prefix the file gives it.

const attributes = [
  "nameAr",
  "organisation",
  "role",
  "joinsTeam",
  "purpose",
  "notBy",
  "priority",
  "decision",
  "operation",
  "collection",
  "item",
  "calendar",
  "deadline",
  "correlation",
  "reach",
];

const mapping = (name) => ({
  name,
  superClass: ["Element"],
  properties: [
    { name: "name", type: "String", isAttr: true },
    { name: "expression", type: "String", isBody: true },
  ],
});

export const named = {
  name: "Ihala",
  prefix: "ihala",
  uri: "urn:ihala:bpmn",
  xml: { tagAlias: "lowerCase" },
  types: [
    {
      name: "Named",
      extends: ["bpmn:BaseElement"],
      properties: attributes.map((name) => ({ name, type: "String", isAttr: true })),
    },
    mapping("Input"),
    mapping("Output"),
  ],
};
