/** Makes ids: UUIDv7, so that they sort by creation. An argument, like all time and randomness. */
export type NewId = () => string

/** UTS-46 to A-labels (non-transitional, STD3), by the platform's `domainToASCII`; `undefined` means invalid. */
export type ToAscii = (name: string) => string | undefined
