import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'

/**
 * What was done, in words. It is read aloud and has the focus, because the button that did it is often gone. Whoever has
 * gone on to another part of the page meanwhile is left there.
 */
export function Said({ text }: { text: string | undefined }) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (text !== undefined && !isElsewhere(region.current)) region.current?.focus()
  }, [text])
  return (
    <div role="status" tabIndex={-1} ref={region} className="said">
      {text === undefined ? null : <Alert variant="light">{text}</Alert>}
    </div>
  )
}

/** Whether the focus is in another part of the page. A dialog that closes is outside of the page's root. */
function isElsewhere(region: HTMLElement | null): boolean {
  const { activeElement: at } = document
  if (region === null || at === null || at.closest('#root') === null) return false
  return !at.contains(region) && region.parentElement?.contains(at) !== true
}
