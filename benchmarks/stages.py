"""The steps that the plain harness and the floor share: what anybody writes with scikit-learn alone."""

from pathlib import Path

import pandas as pd
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.mixture import GaussianMixture
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, RobustScaler, StandardScaler


def load(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path).drop(columns=["customer_id", "contact_cost"])
    joined = pd.to_datetime(table.pop("signed_up"), dayfirst=True)
    return table.assign(days=(joined.max() - joined).dt.days)


def preprocessing(name: str):
    scaler = {"standard": StandardScaler, "robust": RobustScaler}[name]()
    numbers = make_pipeline(SimpleImputer(strategy="median"), scaler)
    return make_column_transformer(
        (numbers, make_column_selector(dtype_include="number")),
        (OneHotEncoder(handle_unknown="ignore", sparse_output=False), make_column_selector(dtype_exclude="number")),
    )


def reducer(name: str):
    if name == "umap":
        from umap import UMAP

        return UMAP(n_components=2, n_jobs=1, random_state=0)
    return PCA(3, random_state=0) if name == "pca" else "passthrough"


def algorithm(name: str, k: int):
    if name == "agglomerative":
        return AgglomerativeClustering(k)
    return KMeans(k, n_init=10, random_state=0) if name == "kmeans" else GaussianMixture(k, random_state=0)
