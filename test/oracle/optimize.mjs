#!/usr/bin/env node
// Lets ONNX Runtime's optimizer rewrite a model.
//
// usage: node optimize.mjs MODEL OUTPUT [LEVEL]
//
// LEVEL is basic, extended (the default) or all.

import {loadOnnxRuntime} from './onnxruntime.mjs';

async function main() {
  const [model, output, level = 'extended'] = process.argv.slice(2);
  const ort = await loadOnnxRuntime();
  await ort.InferenceSession.create(model, {
    graphOptimizationLevel: level,
    optimizedModelFilePath: output,
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
}

main().catch(error => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
