/** Mail of ours goes to one address each; what could be read as several, or as one with a name, is none. */
const oneAddress = /^[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+$/

export function isOneAddress(text: string): boolean {
  return oneAddress.test(text)
}
