import { Button, type ButtonProps } from '@mantine/core'
import { useSyncExternalStore } from 'react'

type SubmitButtonProps = Pick<ButtonProps, 'variant' | 'color' | 'style'> & {
  readonly isPending: boolean
  readonly verb: string
}

/**
 * Sends a form of `useMemberForm`. Until the browser has taken the page over from the server it is off, and Enter in a field does nothing either
 * (HTML, implicit submission): the browser would send such a form by itself, with a password or an address of a person in its URL.
 */
export function SubmitButton({ isPending, verb, ...look }: SubmitButtonProps) {
  const isTakenOver = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )
  return (
    <Button type="submit" loading={isPending} disabled={!isTakenOver} {...look}>
      {verb}
    </Button>
  )
}
