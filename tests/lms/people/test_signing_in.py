"""Signing in with a password, and what happens to those who guess."""

from tests.cast import PASSWORD, Cast


def test_the_home_page_leads_a_visitor_to_sign_in_and_back(cast: Cast) -> None:
    answer = cast.visitor().get("/places/schools")
    assert answer.status_code == 302
    assert answer.location.endswith("/sign-in?next=/places/schools")


def test_a_teacher_signs_in_and_sees_the_home_page(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    page = browser.get("/")
    assert page.status_code == 200
    assert "Сейітқызы Айгүл" in page.text


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(cast: Cast) -> None:
    login = str(cast.person("teacher").login)
    answer = cast.visitor().signs_in(login, PASSWORD + "!")
    assert answer.status_code == 422
    assert f'value="{login}"' in answer.text


def test_a_name_typed_with_look_alike_letters_is_the_same_account(cast: Cast) -> None:
    cast.person("teacher", login="marat")
    assert cast.visitor().signs_in("mаrаt").status_code == 302  # Cyrillic а


def test_after_five_wrong_passwords_the_right_one_waits_too(cast: Cast) -> None:
    login = str(cast.person("teacher").login)
    browser = cast.visitor()
    for _ in range(5):
        assert browser.signs_in(login, "wrong").status_code == 422
    assert browser.signs_in(login).status_code == 429


def test_signing_out_ends_the_session_on_the_server(cast: Cast) -> None:
    browser = cast.signed_in("teacher")
    stolen = browser.client.get_cookie("__Host-session", domain="localhost")
    assert stolen is not None
    assert browser.post("/sign-out").status_code == 302
    thief = cast.visitor()
    thief.client.set_cookie("__Host-session", stolen.value, domain="localhost", secure=True)
    assert thief.get("/").status_code == 302
