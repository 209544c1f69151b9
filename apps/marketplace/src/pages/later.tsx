import { type ComponentType, lazy, type ReactNode, use, useMemo } from 'react'
import { IntlProvider, useMessages } from 'use-intl'
import { PageTitle } from './layout/PageTitle.tsx'
import { type Area, textsOfAreas } from './texts/texts.ts'
import { useViewing } from './viewing.tsx'

/** What a visitor does not see first is loaded when it is opened. */
export function later<Props>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await load() }))
}

/** The same with the texts of its areas. */
export function laterWith<Props extends object>(
  areas: readonly Area[],
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Part = later(load) as ComponentType<Props>
  return (props) => (
    <WithTexts areas={areas}>
      <Part {...props} />
    </WithTexts>
  )
}

/** A page of its own: it has a title too. */
export function laterPage(areas: readonly Area[], load: () => Promise<ComponentType>): ComponentType {
  const Page = later(load)
  return () => (
    <WithTexts areas={areas}>
      <PageTitle />
      <Page />
    </WithTexts>
  )
}

/** Texts of further areas beside those that are there already. */
export function WithTexts({ areas, children }: { areas: readonly Area[]; children: ReactNode }) {
  const { language } = useViewing()
  const known = useMessages()
  const texts = use(textsOfAreas(language, areas))
  const messages = useMemo(() => ({ ...known, ...texts }), [known, texts])
  return (
    <IntlProvider locale={language} messages={messages}>
      {children}
    </IntlProvider>
  )
}
