import { createClusterService } from './server/cluster-service.js';
import type { RunningServer, StartFailure } from './server/service.js';
import { createSingleService } from './server/single-service.js';
import { StartError } from './server/start-error.js';
import type { Settings } from './settings.js';

/**
 * Constructs the service and starts it. Whatever has started ends again when a later part fails.
 */
export async function startServer(settings: Settings): Promise<RunningServer | StartFailure> {
  const service = settings.workers === 1 ? createSingleService(settings) : createClusterService(settings);
  try {
    await service.start();
    return service;
  } catch (error) {
    await service.close();
    if (error instanceof StartError) return { problems: error.problems };
    throw error;
  }
}
