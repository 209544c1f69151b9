/** A text that is given to a stream of server-sent events (HTML Living Standard, section 9.2). */
type Text = { readonly text: string }

/** What may wait for the reader of one stream: some hundred events. Characters. */
const CHARACTERS_MAX = 262_144

/** What a stream gets next. `overflow`: more came than may wait, and it was forgotten. */
type Taken<Frame> = readonly Frame[] | 'overflow' | 'end'

/** The frames that wait for the reader of one stream. */
export class FrameQueue<Frame extends Text> {
  #frames: Frame[] = []
  #characters = 0
  #state: 'open' | 'overflow' | 'end' = 'open'
  #wake: () => void = () => undefined

  get isEnded(): boolean {
    return this.#state === 'end'
  }

  /** Adds a frame. Where it does not fit any more, what waits is forgotten, and so is what is added until `reopen`. */
  push(frame: Frame): void {
    if (this.#state !== 'open') return
    this.#frames.push(frame)
    this.#characters += frame.text.length
    if (this.#characters > CHARACTERS_MAX) {
      this.#state = 'overflow'
      this.#clear()
    }
    this.#wake()
  }

  /** What is added from now on is kept. */
  reopen(): void {
    if (this.#state === 'overflow') this.#state = 'open'
  }

  /** Nothing more is added. */
  end(): void {
    this.#state = 'end'
    this.#wake()
  }

  /** Waits until there is something, and takes all of it. For one reader. */
  async take(): Promise<Taken<Frame>> {
    if (this.#state === 'open' && this.#frames.length === 0)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    if (this.#frames.length === 0) return this.#state === 'overflow' ? 'overflow' : 'end'
    return this.#clear()
  }

  #clear(): readonly Frame[] {
    const frames = this.#frames
    this.#frames = []
    this.#characters = 0
    return frames
  }
}
