import { fileURLToPath } from 'node:url';
import type { Server } from '@grpc/grpc-js';

/** The proto folder of the package; this file is `dist/transport/grpc/reflection.js` in it. */
const PROTO_FOLDER = fileURLToPath(new URL('../../../proto', import.meta.url));

const SERVICE_FILES = ['envoy/service/auth/v3/external_auth.proto', 'grpc/health/v1/health.proto'];

/**
 * Adds gRPC server reflection, so that grpcurl and its like can call the services without their .proto files.
 * Its packages parse the .proto files when they are loaded, which only those who ask for reflection should pay for.
 */
export async function addReflection(server: Server): Promise<void> {
  const [{ load }, { ReflectionService }] = await Promise.all([
    import('@grpc/proto-loader'),
    import('@grpc/reflection'),
  ]);
  const definition = await load(SERVICE_FILES, { includeDirs: [PROTO_FOLDER], keepCase: true });
  new ReflectionService(definition).addToServer(server);
}
