// A page does not wait longer for a server that is silent.

const patienceMs = 5000;

export async function within<T>(asked: Promise<T>, ms = patienceMs): Promise<T | 'slow'> {
  const silence = Promise.withResolvers<'slow'>();
  const timer = setTimeout(silence.resolve, ms, 'slow');
  try {
    return await Promise.race([asked, silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}
