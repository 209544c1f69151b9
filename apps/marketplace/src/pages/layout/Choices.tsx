import { languages } from '@droplock/rules/members'
import { Group, NativeSelect } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useLocation, useSearch } from 'wouter'
import { askOwn } from '../own.ts'
import { useViewing } from '../viewing.tsx'

const YEAR_SECONDS = 31_536_000

/** Remembers a choice, and loads the page again with it. */
function choose(cookie: string, value: string, address: string): void {
  document.cookie = `droplock.${cookie}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
  window.location.assign(address)
}

const names = { en: 'English', zh: '中文' } as const

/** Language and currency: remembered in cookies, so that the server draws the next page so. A person's currency is their account's. */
export function Choices() {
  const t = useTranslations('nav')
  const { language, currency, currencies, viewer } = useViewing()
  const [path] = useLocation()
  const search = useSearch()
  const query = search === '' ? '' : `?${search}`
  return (
    <Group gap="md" justify="flex-end">
      <NativeSelect
        aria-label={t('language')}
        value={language}
        data={languages.map((value) => ({ value, label: names[value] }))}
        onChange={({ currentTarget: { value } }) => {
          const open = () => choose('language', value, path.replace(/^\/\w+/, `/${value}`) + query)
          // A person's mails have it too. The page has it in any case.
          if (viewer === null) open()
          else void askOwn('POST', '/people/me/language', { language: value }).then(open, open)
        }}
      />
      {viewer !== null || currencies.length < 2 ? null : (
        <NativeSelect
          aria-label={t('currency')}
          value={currency}
          data={[...currencies]}
          onChange={({ currentTarget: { value } }) => choose('currency', value, path + query)}
        />
      )}
    </Group>
  )
}
