import { nginx } from '../support/fronts.js';
import { runDemo } from './proxy-demo.js';

await runDemo(nginx);
