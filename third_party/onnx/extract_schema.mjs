// Writes ONNX's own protobuf schema as text, in the package `atleus_onnx`.
//
// The schema comes from the file descriptor inside the npm package `onnx-buf`.
// The package is renamed because two copies of `package onnx` in one process
// (ours and libonnx's) abort at start-up; the wire format does not change.
//
//   npm ci --ignore-scripts && node extract_schema.mjs          # write it
//   npm ci --ignore-scripts && node extract_schema.mjs --check  # compare

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const output = join(folder, "onnx.proto");
const newPackage = "atleus_onnx";

// google.protobuf.FieldDescriptorProto.Type; groups (10) are not supported.
const scalarNames = {
  1: "double", 2: "float", 3: "int64", 4: "uint64", 5: "int32",
  6: "fixed64", 7: "fixed32", 8: "bool", 9: "string", 12: "bytes",
  13: "uint32", 15: "sfixed32", 16: "sfixed64", 17: "sint32", 18: "sint64",
};
const labels = { 1: "optional", 2: "required", 3: "repeated" };
const optimizeModes = { 1: "SPEED", 2: "CODE_SIZE", 3: "LITE_RUNTIME" };

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}

/** Lines of `lines`, one level deeper. */
const indent = (lines) => lines.map((line) => (line ? `  ${line}` : line));

/** Whether `field` is in a oneof (an unset index reads as 0). */
const inOneof = (field) => Object.hasOwn(field, "oneofIndex");

/** Name of the type of `field`, `.onnx.X` becoming `.atleus_onnx.X`. */
function typeName(field, oldPackage) {
  if (field.type in scalarNames) return scalarNames[field.type];
  const prefix = `.${oldPackage}.`;
  if (!field.typeName.startsWith(prefix))
    fail(`field '${field.name}' has unexpected type '${field.typeName}'`);
  return `.${newPackage}.${field.typeName.slice(prefix.length)}`;
}

function fieldLine(field, oldPackage) {
  const options = [];
  if (field.options?.packed) options.push("packed = true");
  if (field.options?.deprecated) options.push("deprecated = true");
  if (field.defaultValue) options.push(`default = ${field.defaultValue}`);
  const suffix = options.length ? ` [${options.join(", ")}]` : "";
  const label = inOneof(field) ? "" : `${labels[field.label]} `;
  const type = typeName(field, oldPackage);
  return `${label}${type} ${field.name} = ${field.number}${suffix};`;
}

/** `reserved` lines; message ranges exclude their end, enum ranges do not. */
function reservedLines(desc, endOffset) {
  const ranges = desc.reservedRange.map(({ start, end }) => {
    const last = end - endOffset;
    return start === last ? `${start}` : `${start} to ${last}`;
  });
  const names = desc.reservedName.map((name) => `"${name}"`);
  return [ranges, names]
    .filter((parts) => parts.length)
    .map((parts) => `reserved ${parts.join(", ")};`);
}

function enumLines(desc) {
  const values = desc.value.map((v) => `${v.name} = ${v.number};`);
  const body = [...reservedLines(desc, 0), ...values];
  return [`enum ${desc.name} {`, ...indent(body), "}"];
}

function messageLines(desc, oldPackage) {
  if (desc.extensionRange.length || desc.extension.length)
    fail(`message '${desc.name}' has extensions, which are not supported`);
  const body = reservedLines(desc, 1);
  for (const nested of desc.enumType) body.push(...enumLines(nested));
  for (const nested of desc.nestedType)
    body.push(...messageLines(nested, oldPackage));
  for (const field of desc.field.filter((f) => !inOneof(f)))
    body.push(fieldLine(field, oldPackage));
  desc.oneofDecl.forEach((oneof, index) => {
    const lines = desc.field
      .filter((f) => inOneof(f) && f.oneofIndex === index)
      .map((f) => fieldLine(f, oldPackage));
    body.push(`oneof ${oneof.name} {`, ...indent(lines), "}");
  });
  return [`message ${desc.name} {`, ...indent(body), "}"];
}

function schemaText(file, version) {
  const header = [
    "// ONNX's protobuf schema, renamed to its own package.",
    "// SPDX-License-Identifier: Apache-2.0 (Copyright (c) ONNX Project",
    "// Contributors). Generated: do not edit. extract_schema.mjs, beside this",
    `// file, made it from the descriptor in the npm package onnx-buf ${version}.`,
  ];
  const mode = optimizeModes[file.options?.optimizeFor];
  const lines = [...header, "", 'syntax = "proto2";', "",
    `package ${newPackage};`, ""];
  if (mode) lines.push(`option optimize_for = ${mode};`, "");
  for (const desc of file.enumType) lines.push(...enumLines(desc), "");
  for (const desc of file.messageType)
    lines.push(...messageLines(desc, file.package), "");
  return lines.join("\n");
}

/** The loaded descriptor and the version of the package that holds it. */
async function loadDescriptor() {
  const root = join(folder, "node_modules", "onnx-buf");
  if (!existsSync(root))
    fail(`onnx-buf is not installed: run 'npm ci --ignore-scripts' in ${folder}`);
  const require = createRequire(import.meta.url);
  const { file_onnx } = await import(join(root, "dist", "onnx_pb.js"));
  return [file_onnx.proto, require(join(root, "package.json")).version];
}

const [file, version] = await loadDescriptor();
const text = schemaText(file, version);
if (!process.argv.includes("--check")) {
  writeFileSync(output, text);
} else if (!existsSync(output) || readFileSync(output, "utf8") !== text) {
  fail("onnx.proto differs from its source: run extract_schema.mjs");
}
