import { toUnicode } from 'punycode.js'
import { useEffect, useState } from 'react'
import { useFormatter, useLocale, useNow, useTranslations } from 'use-intl'
import type { Money } from '../api.ts'
import { fractionDigits } from './amount.ts'

type MoneyTextProps = {
  readonly amount: Money
  /** Of a movement: what came in has a plus. */
  readonly isSigned?: boolean
}

export function MoneyText({ amount, isSigned = false }: MoneyTextProps) {
  return useMoney()(amount, isSigned)
}

/** Amounts within a sentence. */
export function useMoney(): (amount: Money, isSigned?: boolean) => string {
  const format = useFormatter()
  return ({ amount_minor, currency }, isSigned = false) =>
    format.number(amount_minor / 10 ** fractionDigits(currency), {
      style: 'currency',
      currency,
      signDisplay: isSigned ? 'exceptZero' : 'auto',
    })
}

/** Between a label and its value. */
export function useColon(): string {
  return useLocale() === 'zh' ? '：' : ': '
}

/** Between two sentences. */
export function useSpace(): string {
  return useLocale() === 'zh' ? '' : ' '
}

/** `a, b and c`; in Chinese with space between the word and what is written in other letters. */
export function useList(): (items: readonly string[], type?: Intl.ListFormatType) => string {
  const format = useFormatter()
  return (items, type = 'conjunction') =>
    format.list(items, { type }).replaceAll(/(?<=[!-~])[和或]|[和或](?=[!-~])/g, ' $& ')
}

/** A name as it is typed, and below it, where it differs, as it is registered. */
export function NameText({ name }: { name: string }) {
  const unicode = toUnicode(name)
  return (
    <span className="name">
      {unicode}
      {unicode === name ? null : <small className="a-label">{name}</small>}
    </span>
  )
}

/** A day stays on one line, and so does a time with its AM or PM; between the two a line may break. */
export function unbroken(time: string): string {
  return time.replace(/ (?!\d{1,2}:)/g, '\u00a0')
}

type TimeTextProps = {
  readonly at: string
  readonly seconds?: boolean
  /** The day in UTC, as invoices have it. */
  readonly dateOnly?: boolean
}

/**
 * A time in the reader's zone. The server does not know that zone and writes UTC; the browser writes its own once it has taken over.
 */
export function TimeText({ at, seconds = false, dateOnly = false }: TimeTextProps) {
  const format = useFormatter()
  const zone = useBrowserZone()
  const text = unbroken(
    format.dateTime(new Date(at), {
      dateStyle: 'medium',
      ...(!dateOnly && { timeStyle: seconds ? 'medium' : 'short' }),
      timeZone: dateOnly ? 'UTC' : (zone ?? 'UTC'),
    }),
  )
  return <time dateTime={at}>{zone === undefined && !dateOnly ? `${text} UTC` : text}</time>
}

type WindowTextProps = { readonly from: string; readonly to: string; readonly seconds?: boolean }

/** From a time to another: the day once, where both are on it. In the reader's zone, as `TimeText`. */
export function WindowText({ from, to, seconds = false }: WindowTextProps) {
  const format = useFormatter()
  const zone = useBrowserZone()
  const timeZone = zone ?? 'UTC'
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeZone })
  const timeStyle = seconds ? 'medium' : 'short'
  const time = (at: string) => unbroken(format.dateTime(new Date(at), { timeStyle, timeZone }))
  const whole = (at: string) =>
    unbroken(format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle, timeZone }))
  // The range of Intl has other spaces in other programs.
  return (
    <span className="window">
      {whole(from)}&nbsp;– {day(from) === day(to) ? time(to) : whole(to)}
      {zone === undefined ? ' UTC' : null}
    </span>
  )
}

/** The browser's time zone; undefined on the server and while the browser takes over, so that both draw the same. */
export function useBrowserZone(): string | undefined {
  const [zone, setZone] = useState<string>()
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), [])
  return zone
}

const SECOND_MS = 1_000

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const pad = (number: number) => String(number).padStart(2, '0')

type CountdownProps = {
  readonly to: string
  /** `in 3 h 20 min` rather than `3 h 20 min`. */
  readonly isPhrase?: boolean
}

/** How long until a time, by the second in the last hour: `2 d 3 h`, `3 h 20 min`, `04:12`. Empty once it has come. */
export function Countdown({ to, isPhrase = false }: CountdownProps) {
  const t = useTranslations('time')
  const isHere = useBrowserZone() !== undefined
  const isSoon = new Date(to).getTime() - Date.now() < HOUR_MS
  const now = useNow({ updateInterval: isSoon ? SECOND_MS : MINUTE_MS })
  if (!isHere) return null
  const left = new Date(to).getTime() - now.getTime()
  if (left <= 0) return null
  const [days, hours, minutes, seconds] = partsOf(left)
  const text =
    days > 0
      ? t('days', { days, hours })
      : hours > 0
        ? t('hours', { hours, minutes })
        : `${pad(minutes)}:${pad(seconds)}`
  return (
    <span className="countdown" data-soon={left < HOUR_MS || undefined}>
      {isPhrase ? t('in', { time: text }) : text}
    </span>
  )
}

function partsOf(ms: number): readonly [number, number, number, number] {
  const seconds = Math.floor(ms / SECOND_MS)
  return [
    Math.floor(seconds / 86_400),
    Math.floor((seconds % 86_400) / 3_600),
    Math.floor((seconds % 3_600) / 60),
    seconds % 60,
  ]
}
