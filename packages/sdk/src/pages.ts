import type { MaybeOptionalInit } from 'openapi-fetch'
import type { Body, Client, PathWith } from './client.ts'
import type { paths } from './openapi.gen.ts'

type BodyOf<Path extends PathWith<'get'>> = Body<paths[Path]['get'], object>

/** The lists that have pages. */
export type ListPath = {
  [Path in PathWith<'get'>]: 'items' | 'next' extends keyof BodyOf<Path> ? Path : never
}[PathWith<'get'>]

export type ItemOf<Path extends ListPath> =
  BodyOf<Path> extends { readonly items: readonly (infer Item)[] } ? Item : never

type Page<Item> = { readonly items: readonly Item[]; readonly next?: string }

/**
 * The items of a list, page after page as they are read, with the path, the parameters and the refusals of `client.get`. Pages are requested
 * when their first item is.
 */
export async function* pages<Path extends ListPath>(
  client: Pick<Client, 'get'>,
  path: Path,
  init: MaybeOptionalInit<paths[Path], 'get'> | undefined = undefined,
): AsyncGenerator<ItemOf<Path>, void, undefined> {
  const get: unknown = client.get
  const read = get as (path: string, init: object) => Promise<Page<ItemOf<Path>>>
  const params: { readonly path?: object; readonly query?: object } = init?.params ?? {}
  let next: string | undefined
  do {
    const query = { ...params.query, ...(next !== undefined && { [cursorOf(path)]: next }) }
    const page = await read(path, { ...init, params: { ...params, query } })
    yield* page.items
    next = page.next
  } while (next !== undefined)
}

/** The parameter that takes the `next` of a page. */
function cursorOf(path: string): string {
  return path === '/v1/events' ? 'after' : 'cursor'
}
