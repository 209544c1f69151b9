import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { forgetKey, keyFor, tabStore } from './keys.ts'

type Once<Asked, Answer> = {
  /** What is done, the same after a reload: its Idempotency-Key is kept under it. */
  readonly what: string
  readonly send: (asked: Asked, key: string) => Promise<Answer>
  readonly onAnswer?: (answer: Answer, asked: Asked) => void
}

/** Something that creates or pays: done once, however often its button is pressed and the page is loaded meanwhile. */
export function useOnce<Asked, Answer>({ what, send, onAnswer }: Once<Asked, Answer>) {
  const isRunning = useRef(false)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (asked: Asked) => {
      const answer = await send(
        asked,
        keyFor(tabStore(), what, asked, () => crypto.randomUUID()),
      )
      forgetKey(tabStore(), what)
      return answer
    },
    onSuccess: (answer, asked) => onAnswer?.(answer, asked),
    onSettled: () => {
      isRunning.current = false
    },
  })
  const run = (asked: Asked) => {
    // A second click comes before the button is drawn as disabled.
    if (isRunning.current) return
    isRunning.current = true
    mutate(asked)
  }
  return { run, isPending, error, reset }
}

/** The header under which the gateway does a request once. */
export function once(key: string) {
  return { 'Idempotency-Key': key }
}
