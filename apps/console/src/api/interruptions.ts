import type { Me } from './types.ts'

/** `sign_in`: the session has ended. `step_up`: a change needs a recent proof of identity. */
export type InterruptionKind = 'sign_in' | 'step_up'

export type Interruption = { readonly kind: InterruptionKind; readonly me: Me }

/** What the person is asked before requests go on. One question at a time; what is typed on the page stays. */
export type Interruptions = {
  /** Asks, and returns whether requests can go on. */
  begin(kind: InterruptionKind, me: Me): Promise<boolean>
  /** Turns the question into another one. */
  change(kind: InterruptionKind): void
  end(isOver: boolean): void
  /** For React: the present question. */
  current(): Interruption | undefined
  subscribe(listener: () => void): () => void
}

export function makeInterruptions(): Interruptions {
  const listeners = new Set<() => void>()
  let asked: Interruption | undefined
  let answer: ((isOver: boolean) => void) | undefined

  function set(next: Interruption | undefined): void {
    asked = next
    for (const listener of listeners) listener()
  }

  return {
    begin: (kind, me) =>
      new Promise((resolve) => {
        answer = resolve
        set({ kind, me })
      }),
    change: (kind) => {
      if (asked !== undefined) set({ ...asked, kind })
    },
    end: (isOver) => {
      const resolve = answer
      answer = undefined
      set(undefined)
      resolve?.(isOver)
    },
    current: () => asked,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
