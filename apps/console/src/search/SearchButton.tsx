import SearchIcon from '@mui/icons-material/Search'
import { Box, Button } from '@mui/material'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useLogout, useStore, useTheme } from 'react-admin'
import { useNavigate } from 'react-router-dom'
import { focusRow, isInRow, isTyping, listSearch, SINGLE_KEYS } from './keys.ts'
import type { Target } from './targets.ts'

const SearchDialog = lazy(async () => ({ default: (await import('./SearchDialog.tsx')).SearchDialog }))
const KeysDialog = lazy(async () => ({ default: (await import('./KeysDialog.tsx')).KeysDialog }))

type Shown = 'search' | 'keys' | undefined

/** The search of the whole console in the bar above, and the keys. */
export function SearchButton() {
  const [shown, setShown] = useState<Shown>()
  const choose = useChoose(setShown)
  useKeys(setShown)
  return (
    <>
      <Button
        color="inherit"
        variant="outlined"
        startIcon={<SearchIcon />}
        aria-keyshortcuts="Control+K"
        onClick={() => setShown('search')}
        sx={{
          color: 'text.secondary',
          borderColor: 'divider',
          ml: { xs: 1, sm: 4 },
          minWidth: { sm: 220 },
          justifyContent: 'flex-start',
        }}
      >
        Search
        <Box
          component="kbd"
          aria-hidden
          sx={{ ml: 'auto', pl: 2, font: 'inherit', fontWeight: 400, display: { xs: 'none', sm: 'inline' } }}
        >
          Ctrl K
        </Box>
      </Button>
      <Suspense fallback={null}>
        {shown === 'search' ? <SearchDialog onChoose={choose} onClose={() => setShown(undefined)} /> : null}
        {shown === 'keys' ? <KeysDialog onClose={() => setShown(undefined)} /> : null}
      </Suspense>
    </>
  )
}

function useChoose(show: (shown: Shown) => void) {
  const navigate = useNavigate()
  const signOut = useLogout()
  const [theme, setTheme] = useTheme()
  return ({ to, command }: Target) => {
    show(command === 'keys' ? 'keys' : undefined)
    if (to !== undefined) void navigate(to)
    if (command === 'colours') setTheme(isDark(theme) ? 'light' : 'dark')
    if (command === 'sign_out') void signOut()
  }
}

function isDark(theme: string | undefined): boolean {
  return theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
}

/** Keys that work on every page. In a field or a dialog only Ctrl+K does. */
function useKeys(show: (shown: Shown) => void): void {
  const [areSingle] = useStore(SINGLE_KEYS, true)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isKeyOfSearch(event)) {
        event.preventDefault()
        show('search')
        return
      }
      const isElsewhere =
        isTyping(event.target) || document.querySelector('[role=dialog], .MuiPopover-root') !== null
      if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (act(event, areSingle, show)) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [areSingle, show])
}

function isKeyOfSearch({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey
}

/** Does what the key stands for. Returns whether it stands for anything. */
function act({ key, target }: KeyboardEvent, areSingle: boolean, show: (shown: Shown) => void): boolean {
  if ((key === 'ArrowDown' || key === 'ArrowUp') && isInRow()) return focusRow(key === 'ArrowDown' ? 1 : -1)
  if (key === 'Enter' && target instanceof HTMLTableRowElement) {
    target.click()
    return true
  }
  if (!areSingle) return false
  if (key === 'j') return focusRow(1)
  if (key === 'k') return focusRow(-1)
  if (key === '?') show('keys')
  else if (key === '/') focusSearch(show)
  else return false
  return true
}

function focusSearch(show: (shown: Shown) => void): void {
  const field = listSearch()
  if (field === null) show('search')
  else field.select()
  field?.focus()
}
