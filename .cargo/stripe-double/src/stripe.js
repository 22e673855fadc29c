// A stand-in for Stripe.js: the part that the app uses, with one field for the number of a card.
;(() => {
  // The card whose bank wants to be visited.
  const BY_REDIRECT = '4000000000003220'
  const api = new URL(document.currentScript.src).origin

  function cardElement() {
    const root = document.createElement('div')
    root.innerHTML = `<label style="display:grid;gap:4px;font:inherit">Card number
      <input inputmode="numeric" autocomplete="off" placeholder="4242 4242 4242 4242" style="font:inherit;color:inherit;
      background:transparent;min-height:44px;padding:0 12px;border:1px solid currentColor;border-radius:12px"></label>`
    const listeners = {}
    const emit = (event, value) => (listeners[event] ?? []).forEach((listener) => listener(value))
    const input = root.querySelector('input')
    const number = () => input.value.replace(/\D/g, '')
    input.addEventListener('input', () => emit('change', { complete: number().length === 16, empty: !number() }))
    const element = {
      number,
      mount(place) {
        place.append(root)
        setTimeout(() => emit('ready', element))
      },
      on(event, listener) {
        ;(listeners[event] ??= []).push(listener)
        return element
      },
      off(event, listener) {
        listeners[event] = (listeners[event] ?? []).filter((each) => each !== listener)
        return element
      },
      once: (event, listener) => element.on(event, listener),
      update() {},
      unmount: () => root.remove(),
      destroy: () => root.remove(),
      collapse() {},
      focus: () => input.focus(),
      blur: () => input.blur(),
    }
    return element
  }

  function elements(options) {
    let created = null
    return {
      secret: options.clientSecret,
      create: () => (created = cardElement()),
      getElement: () => created,
      update() {},
      fetchUpdates: async () => ({}),
      submit: async () => ({}),
      on() {},
      off() {},
    }
  }

  async function confirm(secret, card, authenticated) {
    const id = secret.replace(/_secret$/, '')
    const body = new URLSearchParams({ client_secret: secret, card, authenticated })
    const response = await fetch(`${api}/v1/payment_intents/${id}/confirm`, { method: 'POST', body })
    const answer = await response.json()
    return response.ok ? { paymentIntent: answer } : { error: answer.error }
  }

  const stripe = () => ({
    elements,
    createToken() {},
    createPaymentMethod() {},
    confirmCardPayment() {},
    registerAppInfo() {},
    _registerWrapper() {},
    async confirmPayment({ elements, confirmParams }) {
      const card = elements.getElement().number()
      const first = await confirm(elements.secret, card, false)
      if (first.paymentIntent?.status !== 'requires_action') return first
      if (card === BY_REDIRECT) {
        const bank = new URL(`${api}/bank/${first.paymentIntent.id}`)
        bank.searchParams.set('secret', elements.secret)
        bank.searchParams.set('back', confirmParams.return_url)
        window.location.assign(bank)
        return new Promise(() => {})
      }
      // What the bank asks for.
      if (window.confirm('Test mode: approve this payment?')) return confirm(elements.secret, card, true)
      return { error: { type: 'card_error', message: 'The bank did not approve the payment.' } }
    },
  })
  // The release that it stands in for.
  window.Stripe = Object.assign(stripe, { version: 'endive' })
})()
