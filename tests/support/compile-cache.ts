// Where Node keeps what it compiled of our programs: one place for all tests, which start them hundreds of times.

import { join } from 'node:path';

export const compileCache = join(import.meta.dirname, '../../node_modules/.cache/compiled');
