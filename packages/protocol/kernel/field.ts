// Numbers modulo p = 2^255 − 19 as ten signed limbs of 26 and 25 bits in turn, an i32 each: Σ limb_i·2^⌈25.5·i⌉ (D. J. Bernstein,
// "Curve25519: new Diffie-Hellman speed records", 2006, section 4). A number is a pointer to its 40 bytes. What `multiply`
// and `square` write is carried: |limb| < 1.01·2^25 (2^24 for the odd ones); they read limbs up to 1.65·2^26 (2^25), so three carried
// numbers may be added or subtracted before the next product. Times depend on nothing secret: there is nothing secret here.

export const FIELD_BYTES: usize = 40;
const LIMBS = 10;

/** Bits of limb i: 26, 25, 26, … */
function bitsOf(limb: i32): i32 {
  return 26 - (limb & 1);
}

function read(number: usize, limb: i32): i64 {
  return <i64>load<i32>(number + ((<usize>limb) << 2));
}

function write(number: usize, limb: i32, value: i64): void {
  store<i32>(number + ((<usize>limb) << 2), <i32>value);
}

export function copy(to: usize, from: usize): void {
  memory.copy(to, from, FIELD_BYTES);
}

export function setSmall(to: usize, value: i32): void {
  memory.fill(to, 0, FIELD_BYTES);
  store<i32>(to, value);
}

/** sum = a + b, not carried. */
export function add(sum: usize, a: usize, b: usize): void {
  for (let i = 0; i < LIMBS; i++) write(sum, i, read(a, i) + read(b, i));
}

/** difference = a − b, not carried. */
export function subtract(difference: usize, a: usize, b: usize): void {
  for (let i = 0; i < LIMBS; i++) write(difference, i, read(a, i) - read(b, i));
}

export function negate(to: usize, a: usize): void {
  for (let i = 0; i < LIMBS; i++) write(to, i, -read(a, i));
}

/** product = a·b, carried. `d` means twice, `w` times 19: what wraps around 2^255. */
export function multiply(product: usize, a: usize, b: usize): void {
  const f0 = <i64>load<i32>(a, 0);
  const f1 = <i64>load<i32>(a, 4);
  const f2 = <i64>load<i32>(a, 8);
  const f3 = <i64>load<i32>(a, 12);
  const f4 = <i64>load<i32>(a, 16);
  const f5 = <i64>load<i32>(a, 20);
  const f6 = <i64>load<i32>(a, 24);
  const f7 = <i64>load<i32>(a, 28);
  const f8 = <i64>load<i32>(a, 32);
  const f9 = <i64>load<i32>(a, 36);
  const g0 = <i64>load<i32>(b, 0);
  const g1 = <i64>load<i32>(b, 4);
  const g2 = <i64>load<i32>(b, 8);
  const g3 = <i64>load<i32>(b, 12);
  const g4 = <i64>load<i32>(b, 16);
  const g5 = <i64>load<i32>(b, 20);
  const g6 = <i64>load<i32>(b, 24);
  const g7 = <i64>load<i32>(b, 28);
  const g8 = <i64>load<i32>(b, 32);
  const g9 = <i64>load<i32>(b, 36);
  const f1d = 2 * f1;
  const f3d = 2 * f3;
  const f5d = 2 * f5;
  const f7d = 2 * f7;
  const f9d = 2 * f9;
  const g1w = 19 * g1;
  const g2w = 19 * g2;
  const g3w = 19 * g3;
  const g4w = 19 * g4;
  const g5w = 19 * g5;
  const g6w = 19 * g6;
  const g7w = 19 * g7;
  const g8w = 19 * g8;
  const g9w = 19 * g9;
  const h0 =
    f0 * g0 + f1d * g9w + f2 * g8w + f3d * g7w + f4 * g6w + f5d * g5w + f6 * g4w + f7d * g3w + f8 * g2w + f9d * g1w;
  const h1 = f0 * g1 + f1 * g0 + f2 * g9w + f3 * g8w + f4 * g7w + f5 * g6w + f6 * g5w + f7 * g4w + f8 * g3w + f9 * g2w;
  const h2 =
    f0 * g2 + f1d * g1 + f2 * g0 + f3d * g9w + f4 * g8w + f5d * g7w + f6 * g6w + f7d * g5w + f8 * g4w + f9d * g3w;
  const h3 = f0 * g3 + f1 * g2 + f2 * g1 + f3 * g0 + f4 * g9w + f5 * g8w + f6 * g7w + f7 * g6w + f8 * g5w + f9 * g4w;
  const h4 =
    f0 * g4 + f1d * g3 + f2 * g2 + f3d * g1 + f4 * g0 + f5d * g9w + f6 * g8w + f7d * g7w + f8 * g6w + f9d * g5w;
  const h5 = f0 * g5 + f1 * g4 + f2 * g3 + f3 * g2 + f4 * g1 + f5 * g0 + f6 * g9w + f7 * g8w + f8 * g7w + f9 * g6w;
  const h6 = f0 * g6 + f1d * g5 + f2 * g4 + f3d * g3 + f4 * g2 + f5d * g1 + f6 * g0 + f7d * g9w + f8 * g8w + f9d * g7w;
  const h7 = f0 * g7 + f1 * g6 + f2 * g5 + f3 * g4 + f4 * g3 + f5 * g2 + f6 * g1 + f7 * g0 + f8 * g9w + f9 * g8w;
  const h8 = f0 * g8 + f1d * g7 + f2 * g6 + f3d * g5 + f4 * g4 + f5d * g3 + f6 * g2 + f7d * g1 + f8 * g0 + f9d * g9w;
  const h9 = f0 * g9 + f1 * g8 + f2 * g7 + f3 * g6 + f4 * g5 + f5 * g4 + f6 * g3 + f7 * g2 + f8 * g1 + f9 * g0;
  carry(product, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9);
}

/** product = a² ·2^doublings, carried. `d` means twice, `q` four times, `w` times 19. */
function squareTimes(product: usize, a: usize, doublings: i64): void {
  const f0 = <i64>load<i32>(a, 0);
  const f1 = <i64>load<i32>(a, 4);
  const f2 = <i64>load<i32>(a, 8);
  const f3 = <i64>load<i32>(a, 12);
  const f4 = <i64>load<i32>(a, 16);
  const f5 = <i64>load<i32>(a, 20);
  const f6 = <i64>load<i32>(a, 24);
  const f7 = <i64>load<i32>(a, 28);
  const f8 = <i64>load<i32>(a, 32);
  const f9 = <i64>load<i32>(a, 36);
  const f0d = 2 * f0;
  const f1d = 2 * f1;
  const f1q = 4 * f1;
  const f2d = 2 * f2;
  const f3d = 2 * f3;
  const f3q = 4 * f3;
  const f4d = 2 * f4;
  const f5d = 2 * f5;
  const f5q = 4 * f5;
  const f5w = 19 * f5;
  const f6d = 2 * f6;
  const f6w = 19 * f6;
  const f7d = 2 * f7;
  const f7q = 4 * f7;
  const f7w = 19 * f7;
  const f8d = 2 * f8;
  const f8w = 19 * f8;
  const f9d = 2 * f9;
  const f9w = 19 * f9;
  const h0 = f0 * f0 + f1q * f9w + f2d * f8w + f3q * f7w + f4d * f6w + f5d * f5w;
  const h1 = f0d * f1 + f2d * f9w + f3d * f8w + f4d * f7w + f5d * f6w;
  const h2 = f0d * f2 + f1d * f1 + f3q * f9w + f4d * f8w + f5q * f7w + f6 * f6w;
  const h3 = f0d * f3 + f1d * f2 + f4d * f9w + f5d * f8w + f6d * f7w;
  const h4 = f0d * f4 + f1q * f3 + f2 * f2 + f5q * f9w + f6d * f8w + f7d * f7w;
  const h5 = f0d * f5 + f1d * f4 + f2d * f3 + f6d * f9w + f7d * f8w;
  const h6 = f0d * f6 + f1q * f5 + f2d * f4 + f3d * f3 + f7q * f9w + f8 * f8w;
  const h7 = f0d * f7 + f1d * f6 + f2d * f5 + f3d * f4 + f8d * f9w;
  const h8 = f0d * f8 + f1q * f7 + f2d * f6 + f3q * f5 + f4 * f4 + f9d * f9w;
  const h9 = f0d * f9 + f1d * f8 + f2d * f7 + f3d * f6 + f4d * f5;
  carry(
    product,
    h0 << doublings,
    h1 << doublings,
    h2 << doublings,
    h3 << doublings,
    h4 << doublings,
    h5 << doublings,
    h6 << doublings,
    h7 << doublings,
    h8 << doublings,
    h9 << doublings,
  );
}

export function square(product: usize, a: usize): void {
  squareTimes(product, a, 0);
}

/** 2·a²: what a doubling needs, carried once. */
export function squareTwice(product: usize, a: usize): void {
  squareTimes(product, a, 1);
}

/** Brings ten sums into limbs, each rounded to the nearest, in two chains that run side by side. */
function carry(
  to: usize,
  h0: i64,
  h1: i64,
  h2: i64,
  h3: i64,
  h4: i64,
  h5: i64,
  h6: i64,
  h7: i64,
  h8: i64,
  h9: i64,
): void {
  let c: i64;
  c = (h0 + ((<i64>1) << 25)) >> 26;
  h1 += c;
  h0 -= c << 26;
  c = (h4 + ((<i64>1) << 25)) >> 26;
  h5 += c;
  h4 -= c << 26;
  c = (h1 + ((<i64>1) << 24)) >> 25;
  h2 += c;
  h1 -= c << 25;
  c = (h5 + ((<i64>1) << 24)) >> 25;
  h6 += c;
  h5 -= c << 25;
  c = (h2 + ((<i64>1) << 25)) >> 26;
  h3 += c;
  h2 -= c << 26;
  c = (h6 + ((<i64>1) << 25)) >> 26;
  h7 += c;
  h6 -= c << 26;
  c = (h3 + ((<i64>1) << 24)) >> 25;
  h4 += c;
  h3 -= c << 25;
  c = (h7 + ((<i64>1) << 24)) >> 25;
  h8 += c;
  h7 -= c << 25;
  c = (h4 + ((<i64>1) << 25)) >> 26;
  h5 += c;
  h4 -= c << 26;
  c = (h8 + ((<i64>1) << 25)) >> 26;
  h9 += c;
  h8 -= c << 26;
  c = (h9 + ((<i64>1) << 24)) >> 25;
  h0 += 19 * c;
  h9 -= c << 25;
  c = (h0 + ((<i64>1) << 25)) >> 26;
  h1 += c;
  h0 -= c << 26;
  store<i32>(to, <i32>h0, 0);
  store<i32>(to, <i32>h1, 4);
  store<i32>(to, <i32>h2, 8);
  store<i32>(to, <i32>h3, 12);
  store<i32>(to, <i32>h4, 16);
  store<i32>(to, <i32>h5, 20);
  store<i32>(to, <i32>h6, 24);
  store<i32>(to, <i32>h7, 28);
  store<i32>(to, <i32>h8, 32);
  store<i32>(to, <i32>h9, 36);
}

/** The 255 low bits at `bytes`, little-endian. Reads four bytes more than the 32. */
export function fromBytes(to: usize, bytes: usize): void {
  let bit = 0;
  for (let i = 0; i < LIMBS; i++) {
    const word = load<u64>(bytes + ((<usize>bit) >> 3)) >> ((<u64>bit) & 7);
    write(to, i, <i64>(word & (((<u64>1) << (<u64>bitsOf(i))) - 1)));
    bit += bitsOf(i);
  }
}

const REDUCED = memory.data(40);

/** The 32 bytes of the one representative from 0 to p − 1, little-endian. */
export function toBytes(bytes: usize, a: usize): void {
  // How often p fits: the carry out of the top of a + 19·2^-255, one below 0 included.
  let fits: i64 = (19 * read(a, 9) + ((<i64>1) << 24)) >> 25;
  for (let i = 0; i < LIMBS; i++) fits = (read(a, i) + fits) >> (<i64>bitsOf(i));
  let c: i64 = 19 * fits;
  for (let i = 0; i < LIMBS; i++) {
    const value = read(a, i) + c;
    c = value >> (<i64>bitsOf(i));
    write(REDUCED, i, value - (c << (<i64>bitsOf(i))));
  }
  let held: u64 = 0;
  let bits: i32 = 0;
  let at = bytes;
  for (let i = 0; i < LIMBS; i++) {
    held |= (<u64>read(REDUCED, i)) << (<u64>bits);
    for (bits += bitsOf(i); bits >= 8; bits -= 8) {
      store<u8>(at++, <u8>held);
      held >>= 8;
    }
  }
  store<u8>(at, <u8>held);
}

const ZERO_TEST = memory.data(32);

export function isZero(a: usize): bool {
  toBytes(ZERO_TEST, a);
  return (load<u64>(ZERO_TEST) | load<u64>(ZERO_TEST, 8) | load<u64>(ZERO_TEST, 16) | load<u64>(ZERO_TEST, 24)) === 0;
}

export function isOdd(a: usize): bool {
  toBytes(ZERO_TEST, a);
  return (load<u8>(ZERO_TEST) & 1) === 1;
}
