//! The texts of mails, in the language of the receiver.

use kit::mail::{Language, Letter};

use super::Topic;

/// Writes a mail on this topic in the language of the locale; the name is optional.
pub(crate) fn letter(topic: Topic, name: Option<&str>, locale: &str, link: Option<&str>) -> Letter {
    let language = Language::of(locale);
    let words = words(topic, language);
    let letter = Letter::new(language, words.subject).paragraph(&language.greeting(name)).paragraph(words.lead);
    let letter = if let Some(link) = link { letter.button(words.button, link) } else { letter };
    if let Some(tail) = words.tail { letter.paragraph(tail) } else { letter }
}

struct Words {
    subject: &'static str,
    /// The text before the link.
    lead: &'static str,
    /// The label of the link; empty for a mail without one.
    button: &'static str,
    /// The text after the link.
    tail: Option<&'static str>,
}

fn words(topic: Topic, language: Language) -> Words {
    match language {
        Language::English => english(topic),
        Language::German => german(topic),
        Language::Spanish => spanish(topic),
    }
}

fn english(topic: Topic) -> Words {
    let (subject, lead, button, tail) = match topic {
        Topic::PasswordReset => (
            "Choose a new password",
            "you can choose a new password for Quits with this link. It works once, within the next 30 minutes.",
            "Choose a new password",
            Some("If you did not ask for this, ignore this mail: your password stays as it is."),
        ),
        Topic::PasswordChanged => (
            "Your password was changed",
            "the password of your Quits account was changed.",
            "",
            Some("If that was not you, ask for a new password at once: “Forgot your password?” where you log in."),
        ),
        Topic::EmailVerification => (
            "Confirm your mail address",
            "welcome to Quits. Please confirm that this is your mail address.",
            "Confirm the address",
            Some("The link works once, within three days. If you have no account at Quits, ignore this mail."),
        ),
        Topic::EmailChange => (
            "Confirm your new mail address",
            "this is to become the mail address of your Quits account. Please confirm that it is yours.",
            "Confirm the address",
            Some("The link works once, within three days. If you did not ask for this, ignore this mail."),
        ),
        Topic::EmailChanged => (
            "Your mail address was changed",
            "your Quits account has another mail address now. You log in with the new one; no more mail comes here.",
            "",
            Some("If that was not you, write to whoever runs this Quits: somebody knows your password."),
        ),
        Topic::NewDevice => (
            "A new device",
            "somebody has just logged in to your Quits account from a device that was not used before.",
            "",
            Some(
                "If that was not you, change your password and end all other sessions in the settings of your account.",
            ),
        ),
        Topic::SecondFactorOn => (
            "Two-step log-in is on",
            "from now on, a log-in to your Quits account needs a code of your authenticator app beside the password.",
            "",
            Some("If that was not you, ask for a new password at once: “Forgot your password?” where you log in."),
        ),
        Topic::SecondFactorOff => (
            "Two-step log-in is off",
            "from now on, the password alone is enough to log in to your Quits account.",
            "",
            Some("If that was not you, ask for a new password at once: “Forgot your password?” where you log in."),
        ),
    };
    Words { subject, lead, button, tail }
}

fn german(topic: Topic) -> Words {
    let (subject, lead, button, tail) = match topic {
        Topic::PasswordReset => (
            "Neues Passwort wählen",
            "mit diesem Link wählst du ein neues Passwort für Quits. Er gilt einmal, in den nächsten 30 Minuten.",
            "Neues Passwort wählen",
            Some("Wenn du das nicht wolltest, tu nichts: Dein Passwort bleibt, wie es ist."),
        ),
        Topic::PasswordChanged => (
            "Dein Passwort wurde geändert",
            "das Passwort deines Kontos bei Quits wurde geändert.",
            "",
            Some("Wenn du das nicht warst, fordere sofort ein neues an: „Passwort vergessen?“ bei der Anmeldung."),
        ),
        Topic::EmailVerification => (
            "Bestätige deine Mailadresse",
            "willkommen bei Quits. Bitte bestätige, dass das deine Mailadresse ist.",
            "Adresse bestätigen",
            Some("Der Link gilt einmal, drei Tage lang. Wenn du kein Konto bei Quits hast, tu nichts."),
        ),
        Topic::EmailChange => (
            "Bestätige deine neue Mailadresse",
            "das soll die Mailadresse deines Kontos bei Quits werden. Bitte bestätige, dass sie deine ist.",
            "Adresse bestätigen",
            Some("Der Link gilt einmal, drei Tage lang. Wenn du das nicht wolltest, tu nichts."),
        ),
        Topic::EmailChanged => (
            "Deine Mailadresse wurde geändert",
            "dein Konto bei Quits hat jetzt eine andere Mailadresse. Du meldest dich mit der neuen an; hierher kommt nichts mehr.",
            "",
            Some("Wenn du das nicht warst, schreib denen, die dieses Quits betreiben: Jemand kennt dein Passwort."),
        ),
        Topic::NewDevice => (
            "Ein neues Gerät",
            "gerade hat sich jemand von einem bisher unbekannten Gerät bei deinem Konto bei Quits angemeldet.",
            "",
            Some(
                "Wenn du das nicht warst, ändere dein Passwort und beende in den Einstellungen alle anderen Sitzungen.",
            ),
        ),
        Topic::SecondFactorOn => (
            "Die Anmeldung in zwei Schritten ist an",
            "von jetzt an braucht die Anmeldung bei deinem Konto bei Quits neben dem Passwort einen Code deiner Authenticator-App.",
            "",
            Some(
                "Wenn du das nicht warst, fordere sofort ein neues Passwort an: „Passwort vergessen?“ bei der Anmeldung.",
            ),
        ),
        Topic::SecondFactorOff => (
            "Die Anmeldung in zwei Schritten ist aus",
            "von jetzt an genügt für die Anmeldung bei deinem Konto bei Quits das Passwort.",
            "",
            Some(
                "Wenn du das nicht warst, fordere sofort ein neues Passwort an: „Passwort vergessen?“ bei der Anmeldung.",
            ),
        ),
    };
    Words { subject, lead, button, tail }
}

fn spanish(topic: Topic) -> Words {
    let (subject, lead, button, tail) = match topic {
        Topic::PasswordReset => (
            "Elige una contraseña nueva",
            "con este enlace eliges una contraseña nueva para Quits. Sirve una vez, en los próximos 30 minutos.",
            "Elegir una contraseña nueva",
            Some("Si no lo has pedido, ignora este correo: tu contraseña sigue igual."),
        ),
        Topic::PasswordChanged => (
            "Tu contraseña ha cambiado",
            "la contraseña de tu cuenta de Quits ha cambiado.",
            "",
            Some("Si no has sido tú, pide una nueva enseguida: «¿Has olvidado la contraseña?» al iniciar sesión."),
        ),
        Topic::EmailVerification => (
            "Confirma tu dirección de correo",
            "te damos la bienvenida a Quits. Confirma que esta es tu dirección de correo.",
            "Confirmar la dirección",
            Some("El enlace sirve una vez, durante tres días. Si no tienes una cuenta en Quits, ignora este correo."),
        ),
        Topic::EmailChange => (
            "Confirma tu nueva dirección de correo",
            "esta va a ser la dirección de correo de tu cuenta de Quits. Confirma que es tuya.",
            "Confirmar la dirección",
            Some("El enlace sirve una vez, durante tres días. Si no lo has pedido, ignora este correo."),
        ),
        Topic::EmailChanged => (
            "Tu dirección de correo ha cambiado",
            "tu cuenta de Quits tiene ahora otra dirección de correo. Inicia sesión con la nueva; aquí no llegará nada más.",
            "",
            Some("Si no has sido tú, escribe a quien gestiona este Quits: alguien conoce tu contraseña."),
        ),
        Topic::NewDevice => (
            "Un dispositivo nuevo",
            "alguien acaba de iniciar sesión en tu cuenta de Quits desde un dispositivo que no se había usado antes.",
            "",
            Some("Si no has sido tú, cambia tu contraseña y cierra las demás sesiones en los ajustes de tu cuenta."),
        ),
        Topic::SecondFactorOn => (
            "El inicio de sesión en dos pasos está activado",
            "a partir de ahora, para iniciar sesión en tu cuenta de Quits hace falta un código de tu aplicación de autenticación además de la contraseña.",
            "",
            Some(
                "Si no has sido tú, pide una contraseña nueva enseguida: «¿Has olvidado la contraseña?» al iniciar sesión.",
            ),
        ),
        Topic::SecondFactorOff => (
            "El inicio de sesión en dos pasos está desactivado",
            "a partir de ahora, la contraseña basta para iniciar sesión en tu cuenta de Quits.",
            "",
            Some(
                "Si no has sido tú, pide una contraseña nueva enseguida: «¿Has olvidado la contraseña?» al iniciar sesión.",
            ),
        ),
    };
    Words { subject, lead, button, tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPICS: [Topic; 8] = [
        Topic::PasswordReset,
        Topic::PasswordChanged,
        Topic::EmailVerification,
        Topic::EmailChange,
        Topic::EmailChanged,
        Topic::NewDevice,
        Topic::SecondFactorOn,
        Topic::SecondFactorOff,
    ];

    #[test]
    fn every_topic_has_texts_in_every_language() {
        for topic in TOPICS {
            let link = topic.link().map(|_| "https://quits.example/x#token=abc");
            let letters = ["en-GB", "de", "es-MX"].map(|locale| letter(topic, Some("Ada"), locale, link));
            assert!(
                letters.windows(2).all(|pair| pair[0].subject != pair[1].subject && pair[0].text() != pair[1].text())
            );
            for letter in letters {
                assert!(letter.text().contains("Ada") && letter.html().contains("Ada"));
                assert_eq!(letter.text().contains("#token=abc"), link.is_some(), "{topic:?}");
                assert_eq!(letter.html().contains("#token=abc"), link.is_some(), "{topic:?}");
                assert!(!letter.html().contains('{'), "a place is not filled in");
            }
        }
    }

    #[test]
    fn markup_in_a_name_is_escaped() {
        let named = letter(Topic::PasswordChanged, Some("<b>{body}\"&"), "en", None);
        assert!(named.html().contains("Hello &lt;b&gt;{body}&quot;&amp;,"));
        assert!(named.text().contains("Hello <b>{body}\"&,"));
        assert!(letter(Topic::PasswordChanged, None, "en", None).text().starts_with("Hello,"));
    }
}
