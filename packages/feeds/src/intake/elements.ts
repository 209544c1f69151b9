import { JSONParser } from '@streamparser/json'
import type { Line } from './lines.ts'

/** Deeper than any list; each level takes memory until it ends. */
const DEPTH_MAX = 16
/** Elements are in the array of an object. */
const DEPTH_OF_ELEMENTS = 2
/** Longer than any name or time. Characters. */
const STRING_CHARACTERS_MAX = 4_096
/** Of one element, with what an element may carry beside name and date. Characters. */
const ELEMENT_CHARACTERS_MAX = 65_536

/** Splits a JSON document that arrives in pieces into the elements of its array `data`. Holds at most one element. */
type ElementSplitter = {
  /** The elements that the text completes. `fault`: nothing can be read after them. */
  push(text: string): {
    readonly elements: readonly Line[]
    readonly fault?: 'truncated' | 'beyond_limits'
  }
  /** Whether the document is complete; one without any text is. */
  isComplete(): boolean
  /** The number of the next element. */
  nextLine(): number
}

export function createElementSplitter(): ElementSplitter {
  let number = 1
  let isBlank = true
  let elements: Line[] = []
  const check = createBounds()
  const parser = new JSONParser({ paths: ['$.data.*'], keepStack: false })
  parser.onValue = ({ value }) => {
    elements.push({ line: number, text: JSON.stringify(value), tooLong: false, ended: true, value })
    number += 1
  }
  return {
    push(text) {
      elements = []
      isBlank &&= text.trim() === ''
      const length = check(text)
      try {
        parser.write(text.slice(0, length))
        return length < text.length ? { elements, fault: 'beyond_limits' } : { elements }
      } catch {
        return { elements, fault: 'truncated' }
      }
    },
    isComplete: () => isBlank || parser.isEnded,
    nextLine: () => number,
  }
}

/**
 * The parser has no bounds of its own: a string of 2 GB would be kept whole. Looks at each character once, before the parser does, and
 * returns how many of them are within the bounds.
 */
function createBounds(): (text: string) => number {
  let [depth, inString, escaped, length, element] = [0, false, false, 0, 0]
  const inside = (character: string) => {
    length += 1
    if (escaped) escaped = false
    else if (character === '\\') escaped = true
    else if (character === '"') inString = false
  }
  const outside = (character: string) => {
    if (character === '"') [inString, length] = [true, 0]
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (depth <= DEPTH_OF_ELEMENTS && '{}[],'.includes(character)) element = 0
  }
  return (text) => {
    for (let index = 0; index < text.length; index += 1) {
      element += 1
      if (inString) inside(text.charAt(index))
      else outside(text.charAt(index))
      if (depth > DEPTH_MAX || length > STRING_CHARACTERS_MAX || element > ELEMENT_CHARACTERS_MAX)
        return index
    }
    return text.length
  }
}
