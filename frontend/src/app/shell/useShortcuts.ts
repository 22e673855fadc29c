import { useEffect } from 'react'
import { useMatch, useNavigate } from 'react-router'
import { dialogLink } from '../../ui/useDialog'

/** Where adding begins: in the group that is shown, else with the choice of one. */
export function useAddLink() {
  const inGroup = useMatch('/groups/:groupId/*')
  return dialogLink(inGroup ? 'expense' : 'add')
}

const TYPED_INTO = 'input, textarea, select, [contenteditable]'

/** `n` adds, `/` searches in what is shown, else in all expenses; anywhere but where somebody types. */
export function useShortcuts(): void {
  const navigate = useNavigate()
  const { to, state } = useAddLink()
  const { search } = to
  const { opened } = state

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event
      if (ctrlKey || metaKey || altKey || defaultPrevented) return
      if (target instanceof Element && target.closest(TYPED_INTO)) return
      // What is open over the page has the keyboard to itself.
      if (document.querySelector('[role="dialog"]:not([data-panel])')) return
      if (key === 'n') {
        event.preventDefault()
        void navigate({ search }, { state: { opened }, preventScrollReset: true })
      }
      if (key === '/') {
        const field = document.querySelector<HTMLElement>('[data-search]')
        event.preventDefault()
        if (field) field.focus()
        else void navigate('/expenses', { state: { searching: true } })
      }
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
    }
  }, [navigate, search, opened])
}
