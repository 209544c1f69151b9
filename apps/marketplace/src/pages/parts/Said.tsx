import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'

/** What was done, in words. It is read aloud and has the focus, because the button that did it is often gone. */
export function Said({ text }: { text: string | undefined }) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (text !== undefined) callTo(region.current, region.current?.parentElement)
  }, [text])
  return (
    <div role="status" tabIndex={-1} ref={region} className="said">
      {text === undefined ? null : <Alert variant="light">{text}</Alert>}
    </div>
  )
}

/**
 * Moves the focus to what has just been said. Whoever has gone on to another part of the page than `part` meanwhile is left there. A dialog
 * that closes is outside of the page's root.
 */
export function callTo(said: HTMLElement | null, part: Element | null | undefined): void {
  const { activeElement: at } = document
  const isElsewhere = part && at?.closest('#root') && !at.contains(part) && !part.contains(at)
  if (!isElsewhere) said?.focus()
}
