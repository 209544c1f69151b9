export type AddressRefusal = { readonly isForGood: boolean; readonly code: number; readonly text: string }

/** What the development outbox answers to recipients with these local parts, as magic cards do of a sandbox. */
const refusals: Readonly<Record<string, AddressRefusal>> = {
  refused: { isForGood: true, code: 550, text: 'No such mailbox' },
  later: { isForGood: false, code: 451, text: 'Try again later' },
}

export function refusalOf(address: string): AddressRefusal | undefined {
  const [local = ''] = address.split('@')
  return Object.hasOwn(refusals, local) ? refusals[local] : undefined
}
