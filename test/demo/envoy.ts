import { envoyGrpc } from '../support/fronts.js';
import { runDemo } from './proxy-demo.js';

await runDemo(envoyGrpc);
