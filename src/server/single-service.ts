import { decide } from '../decide/decide.js';
import { createLogger } from '../observe/logger.js';
import { Metrics } from '../observe/metrics.js';
import { Reporter } from '../observe/reporter.js';
import { SnapshotStore } from '../rules/reload/store.js';
import type { Settings } from '../settings.js';
import { explain } from '../transport/admin/explain.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import { version } from '../version.js';
import { ControlPlane, type ControlPlaneParts } from './control-plane.js';
import { DataPlane } from './data-plane.js';
import { Hydration } from './hydration.js';
import { LiveRules } from './live-rules.js';
import { type Answering, Service } from './service.js';

/** This process decides, and is asked about it. */
function ownDecider(store: SnapshotStore<GrpcRules>): ControlPlaneParts['deciders'] {
  return {
    rules: () => store.current?.snapshot,
    lastReload: () => store.lastReload,
    explain: async (request) => store.current && explain(store.current.snapshot, decide, request),
    workers: () => [],
  };
}

/** The service in one process: it keeps the rules and decides by them. */
export function createSingleService(settings: Settings): Service {
  const log = createLogger(settings.logLevel);
  const metrics = new Metrics(version);
  const reporter = new Reporter(log, metrics);
  const store = new SnapshotStore<GrpcRules>((event) => reporter.reloaded(event, store.current?.snapshot));
  const hydration = new Hydration(settings);
  const rules = new LiveRules(settings, {
    store,
    prepare: (image, generation) => hydration.prepare(image, generation),
    held: () => hydration.held,
    reporter,
  });
  const control = new ControlPlane(settings, { log, metrics, reporter, deciders: ownDecider(store) });
  // The listeners start when the first rules are in force.
  const data = new DataPlane(settings, { current: () => store.current as GrpcRules, reporter });
  return new Service(settings, { log, control, rules, answering: answeringBy(data) });
}

function answeringBy(data: DataPlane): Answering {
  return {
    get addresses() {
      return data.addresses;
    },
    prepare: () => undefined,
    start: () => data.start(),
    serve: () => data.setServing(true),
    retire: () => {
      data.setServing(false);
      data.retire();
    },
    drain: (deadlineMs) => data.drain(deadlineMs),
  };
}
