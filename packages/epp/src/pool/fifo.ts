/** A queue whose every step costs the same, however long it is: budgets of millions a day are normal. */
export class Fifo<Item> {
  #items: Item[] = []
  #first = 0

  get length(): number {
    return this.#items.length - this.#first
  }

  get head(): Item | undefined {
    return this.#items[this.#first]
  }

  push(item: Item): void {
    this.#items.push(item)
  }

  /** Takes the head out. */
  shift(): void {
    if (this.length === 0) return
    this.#first += 1
    if (this.#first < TAKEN_MAX || this.#first * 2 < this.#items.length) return
    this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}

/** How many taken places may lie before the first item until the array is cut. */
export const TAKEN_MAX = 1_024
