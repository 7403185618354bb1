// The whole program of a worker process. Signals to the process group, Ctrl-C for one, are the primary's to judge: it
// drains, and tells its workers. Unheard they would end this process, so they are heard before anything is loaded.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

const { runWorker } = await import('./worker.js');
runWorker();
