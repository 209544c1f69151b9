import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'

/** What was done, in words. It is read aloud and has the focus, because the button that did it is often gone. */
export function Said({ text }: { text: string | undefined }) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (text !== undefined) region.current?.focus()
  }, [text])
  return (
    <div role="status" tabIndex={-1} ref={region} className="said">
      {text === undefined ? null : <Alert variant="light">{text}</Alert>}
    </div>
  )
}
