type Attempt = { readonly kind: 'create' | 'info'; readonly name: string }

type Outcome = {
  readonly code: number
  readonly crDateMs: number | undefined
  readonly isPending: boolean
  readonly sentMs: number
  readonly answeredMs: number
}

/** How a rival chooses its next command. */
export type Strategy = {
  knowOrder?(names: readonly string[]): void
  next(nowMs: number): Attempt | undefined
  observe(attempt: Attempt, outcome: Outcome): void
}

type Name = { readonly id: string; readonly releaseMs: number }

/** How long before and after its release a loop tries a name, where that is known. */
const AROUND_MS = 60_000

/** A plain loop over the names, in another order each time, which gives up what it has won. */
export function loopOver(names: readonly Name[], isExact: boolean, draw: () => number): Strategy {
  const won = new Set<string>()
  let pass: string[] = []
  return {
    next: (nowMs) => {
      if (pass.length === 0) {
        const open = names.filter(
          ({ id, releaseMs }) => !won.has(id) && (!isExact || Math.abs(nowMs - releaseMs) <= AROUND_MS),
        )
        const drawn = open.map(({ id }) => ({ id, at: draw() }))
        pass = drawn.toSorted((one, other) => one.at - other.at).map(({ id }) => id)
      }
      const name = pass.pop()
      return name === undefined ? undefined : { kind: 'create', name }
    },
    observe: ({ name }, { code }) => {
      if (code === 1000) won.add(name)
    },
  }
}
