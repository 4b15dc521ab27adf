// Receipts, keys and hashes are read aloud, copied by hand and compared by eye: in groups of four.
export const grouped = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ');
