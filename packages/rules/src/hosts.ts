/** Whether a host of a URL is the machine itself: what is sent there crosses no network. */
export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
