import { parentPort, workerData } from 'node:worker_threads';
import { Reader, type ReadRequest } from './reader.js';

/** A thread that reads the files it is told, one at a time. */
const reader = new Reader(workerData as ReadRequest);

parentPort?.on('message', async (file: string) => parentPort?.postMessage(await reader.read(file)));
