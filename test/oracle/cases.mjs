#!/usr/bin/env node
// Runs many small models with ONNX Runtime in one process.
//
// usage: node cases.mjs FOLDER
//
// Each folder in FOLDER that holds a model.onnx is a case: input NAME is read
// from input.NAME.npy, output NAME is written to reference.NAME.npy. What a case
// fails with is written to its reference.error.txt.

import fs from 'node:fs';
import path from 'node:path';

import {readNpy, writeNpy} from './npy.mjs';
import {loadOnnxRuntime, openSession, runOnce} from './onnxruntime.mjs';

async function runCase(ort, folder) {
  const session = await openSession(ort, path.join(folder, 'model.onnx'));
  const inputs = session.inputNames.map(
      name => [name, readNpy(path.join(folder, `input.${name}.npy`))]);
  for (const [name, tensor] of await runOnce(ort, session, inputs))
    writeNpy(path.join(folder, `reference.${name}.npy`), tensor);
  await session.release();
}

async function main() {
  const [root] = process.argv.slice(2);
  const ort = await loadOnnxRuntime();
  for (const name of fs.readdirSync(root).sort()) {
    const folder = path.join(root, name);
    if (!fs.existsSync(path.join(folder, 'model.onnx')))
      continue;
    try {
      await runCase(ort, folder);
    } catch (error) {
      fs.writeFileSync(path.join(folder, 'reference.error.txt'), error.message);
    }
  }
}

main().catch(error => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
