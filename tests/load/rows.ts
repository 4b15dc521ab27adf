// Every benchmark, in the order they are run and listed.

import type { Benchmark } from './benchmark.ts';
import { castSealed } from './rows/cast-sealed.ts';

export const benchmarks: readonly Benchmark[] = [castSealed];
