/** UTS-46 to A-labels (non-transitional, STD3). The platform's own `domainToASCII` serves it; `undefined` means invalid. */
export type ToAscii = (name: string) => string | undefined
