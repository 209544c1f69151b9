/** A queue with constant cost per step at any length: budgets of millions a day are normal. */
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

  /** Removes the head. */
  shift(): void {
    if (this.length === 0) return
    this.#first += 1
    if (this.#first < TAKEN_MAX || this.#first * 2 < this.#items.length) return
    this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}

/** How many removed items may stay in front of the array before it is cut. */
const TAKEN_MAX = 1_024
