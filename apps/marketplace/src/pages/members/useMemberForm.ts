import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

export type Values<Name extends string> = Readonly<Record<Name, string>>

/** What is wrong with each field; a field that is right is absent. */
export type Mistakes<Name extends string> = Partial<Readonly<Record<Name, string>>>

type MemberForm<Name extends string> = {
  readonly names: readonly Name[]
  readonly check: (values: Values<Name>) => Mistakes<Name>
  readonly send: (values: Values<Name>) => Promise<unknown>
  /** Empties the fields once they were sent: passwords. */
  readonly resets?: boolean
}

/**
 * A form whose fields the browser keeps: nothing typed is lost by a refusal. A mistake is said at its field, which gets the focus; while an
 * answer is awaited the form is not sent again.
 */
export function useMemberForm<Name extends string>({ names, check, send, resets = false }: MemberForm<Name>) {
  const [mistakes, setMistakes] = useState<Mistakes<Name>>({})
  const { mutate, isPending, error, isSuccess } = useMutation({ mutationFn: send })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const values = valuesOf(names, new FormData(form))
    const found = check(values)
    setMistakes(found)
    const first = names.find((name) => found[name] !== undefined)
    if (first !== undefined) focusField(form, first)
    else if (!isPending) mutate(values, { onSuccess: () => resets && form.reset() })
  }
  return { form: { onSubmit, noValidate: true }, mistakes, isPending, isSuccess, error }
}

function valuesOf<Name extends string>(names: readonly Name[], data: FormData): Values<Name> {
  const entries = names.map((name) => [name, String(data.get(name) ?? '')] as const)
  return Object.fromEntries(entries) as Values<Name>
}

function focusField(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLElement) field.focus()
}

/** Enough to find a slip; whether it is an address shows the mail that is sent to it. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim())
}
