import { useLocation, useNavigate, useSearchParams } from 'react-router'

type Params = Record<string, string>

/**
 * The open dialog is part of the address (`?dialog=expense`): the page under it stays, the back
 * button closes it, and it can be linked to.
 */
export function useDialog() {
  const [params] = useSearchParams()
  const location = useLocation()
  const navigate = useNavigate()

  return {
    name: params.get('dialog'),
    params,
    close: () => {
      const opened = (location.state as { opened?: boolean } | null)?.opened
      if (opened) void navigate(-1)
      else void navigate({ search: '' }, { replace: true })
    },
  }
}

/** Link properties that open a dialog over the page that is shown, or over another one. */
export function dialogLink(name: string, params: Params = {}, pathname?: string) {
  const search = `?${new URLSearchParams({ dialog: name, ...params }).toString()}`
  // What was opened over another page is closed by staying on that page.
  return { to: { pathname, search }, state: { opened: !pathname }, preventScrollReset: !pathname }
}
