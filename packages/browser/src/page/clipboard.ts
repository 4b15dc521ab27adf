// Copies text and says whether it worked; an old or locked-down browser gets `false`, not an exception.
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
