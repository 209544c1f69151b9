import type { Locator, Page } from 'playwright-core'

/** How a person uses a page: with a mouse or finger, or with the keyboard alone. */
export type Hand = {
  /** A button, a link, a check box or one of several choices. */
  readonly press: (target: Locator) => Promise<void>
  readonly type: (field: Locator, text: string) => Promise<void>
  /** One of a list's options, by its text. */
  readonly choose: (list: Locator, option: string) => Promise<void>
}

export function pointerOf(): Hand {
  return {
    press: (target) => target.click(),
    type: (field, text) => field.fill(text),
    choose: async (list, option) => void (await list.selectOption({ label: option })),
  }
}

/** More stops than any page has: what is not reached by then cannot be reached. */
const STOPS_MAX = 250

/** Tab, arrows, Enter, space and letters. Throws where what is wanted cannot be reached. */
export function keyboardOf(page: Page): Hand {
  const { keyboard } = page
  /** Of several choices Tab reaches the chosen one, and arrows the others. */
  const step = async (target: Locator) => {
    const isBeside = await target.evaluate(
      (element) =>
        element instanceof HTMLInputElement &&
        element.type === 'radio' &&
        document.activeElement instanceof HTMLInputElement &&
        document.activeElement.type === 'radio' &&
        document.activeElement.name === element.name,
    )
    await keyboard.press(isBeside ? 'ArrowDown' : 'Tab')
  }
  const reach = async (target: Locator) => {
    await target.waitFor()
    for (let stops = 0; stops < STOPS_MAX; stops += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await step(target)
    }
    throw new Error(`the keyboard does not reach ${target}`)
  }
  return {
    press: async (target) => {
      await reach(target)
      const kind = await target.evaluate((element) =>
        element instanceof HTMLInputElement ? element.type : '',
      )
      if (kind === 'radio') return
      await keyboard.press(kind === 'checkbox' ? 'Space' : 'Enter')
    },
    type: async (field, text) => {
      await reach(field)
      await keyboard.press('ControlOrMeta+a')
      await keyboard.type(text)
    },
    choose: async (list, option) => {
      await reach(list)
      await keyboard.type(option)
    },
  }
}
