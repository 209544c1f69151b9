import { useEffect, useState } from 'react'

/** This browser's clock, told anew every `everyMs`. For showing only: what is due is the server's business. */
export function useNow(everyMs: number): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}
