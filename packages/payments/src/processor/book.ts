import type { Books, Movement, Told } from './records.ts'

/** Writes movements and events of one command, with ids that come of the command's own. */
export type Pen = {
  readonly books: Books
  readonly id: string
  readonly atMs: number
  move(movement: Omit<Movement, 'id' | 'atMs'>): void
  tell(type: string, told: Told): void
}

export function takePen(books: Books, { id, atMs }: { readonly id: string; readonly atMs: number }): Pen {
  let count = 0
  const nextId = (prefix: string) => {
    count += 1
    return `${prefix}_${id}${count}`
  }
  return {
    books,
    id,
    atMs,
    move: (movement) => books.movements.push({ ...movement, id: nextId('txn'), atMs }),
    tell: (type, told) => books.events.push({ ...told, id: nextId('evt'), type, atMs }),
  }
}
