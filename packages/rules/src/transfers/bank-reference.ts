/** `re 4711 / 26` → `RE4711/26`: as banks print it, people type it in many ways, and one transfer must be known as one. */
export function plainReference(typed: string): string | undefined {
  const plain = typed.replaceAll(/\s/g, '').toUpperCase()
  return /^[A-Z0-9/.:+-]{3,140}$/.test(plain) ? plain : undefined
}
