import { Alert } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { callTo } from './focus.ts'

/**
 * What was done, in words. It is read aloud and has the focus, because the button that did it is often gone. Whoever has
 * gone on to another part of the page meanwhile is left there.
 */
export function Said({ text }: { text: string | undefined }) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (text !== undefined) callTo(region.current, region.current?.parentElement ?? null)
  }, [text])
  return (
    <div role="status" tabIndex={-1} ref={region} className="said">
      {text === undefined ? null : <Alert variant="light">{text}</Alert>}
    </div>
  )
}
