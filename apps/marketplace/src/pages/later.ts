import { type ComponentType, lazy } from 'react'

/** A page that a visitor does not see first is loaded when it is opened. */
export function later<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }))
}
