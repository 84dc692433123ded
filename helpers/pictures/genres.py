"""A colour and a symbol for each genre, and the one that stands for a movie with several."""

# Rarer genres say more about a movie than Drama or Comedy, so they come first.
_ORDER = (
    "Animation", "Documentary", "Horror", "Musical", "Western", "Film-Noir", "War", "Sci-Fi",
    "Fantasy", "Children", "Mystery", "Crime", "Action", "Adventure", "Romance", "Thriller",
    "Comedy", "Drama",
)  # fmt: skip
OTHER = "Other"

GENRE_COLOURS = {
    "Action": "#D55E00",
    "Adventure": "#B35806",
    "Animation": "#CC79A7",
    "Children": "#E377C2",
    "Comedy": "#C99700",
    "Crime": "#4D4D4D",
    "Documentary": "#7F6B5D",
    "Drama": "#0072B2",
    "Fantasy": "#7B52AB",
    "Film-Noir": "#1F1F1F",
    "Horror": "#7A0019",
    "Musical": "#D6336C",
    "Mystery": "#3B3A6B",
    "Romance": "#C2255C",
    "Sci-Fi": "#009E73",
    "Thriller": "#2F5D8A",
    "War": "#5C6B2F",
    "Western": "#A0522D",
    OTHER: "#6B6B6B",
}

# Names of Material Design Icons, drawn from helpers/pictures/assets/icons.ttf.
GENRE_ICONS = {
    "Action": "fire",
    "Adventure": "compass-rose",
    "Animation": "draw",
    "Children": "teddy-bear",
    "Comedy": "emoticon-lol",
    "Crime": "fingerprint",
    "Documentary": "video-vintage",
    "Drama": "drama-masks",
    "Fantasy": "castle",
    "Film-Noir": "hat-fedora",
    "Horror": "ghost",
    "Musical": "music-clef-treble",
    "Mystery": "key-variant",
    "Romance": "heart",
    "Sci-Fi": "rocket-launch",
    "Thriller": "eye",
    "War": "tank",
    "Western": "cactus",
    OTHER: "movie-open",
}


def listed_genres(genres: str) -> list[str]:
    """The genres that we know of "Action|Comedy|IMAX", the most telling first."""
    listed = set(genres.split("|"))
    return [genre for genre in _ORDER if genre in listed]


def main_genre(genres: str) -> str:
    """The most telling of "Action|Comedy|Sci-Fi", or `Other` where none is known."""
    return next(iter(listed_genres(genres)), OTHER)
