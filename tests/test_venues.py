"""Names of proceedings and journals as exporters and registries write them, and their short forms."""

import pytest

from generator.curate.importers.venues import series_and_track


@pytest.mark.parametrize(
    ("text", "series", "name", "track"),
    [
        ("Proceedings of the 34th International Conference on Machine Learning", "", "ICML", "conference"),
        ("Proceedings of the 34th International Conference on Machine Learning (ICML)", "PMLR", "ICML", "conference"),
        ("Proceedings of the Conference (ICML 2017)", "", "ICML", "conference"),
        ("KDD '16: A Conference", "KDD '16", "KDD", "conference"),
        ("NIPS", "", "NeurIPS", "conference"),
        ("CVPR 2017", "", "CVPR", "conference"),
        ("Neural Information Processing Systems", "", "NeurIPS", "conference"),
        ("Advances in Neural Information Processing Systems 30: Annual Conference on Neural Information Processing "
         "Systems 2017, December 4-9, 2017, Long Beach, CA, USA", "", "NeurIPS", "conference"),
        ("5th International Conference on Learning Representations, ICLR 2017, Toulon, France, April 24-26, 2017",
         "", "ICLR", "conference"),
        ("2017 IEEE Conference on Computer Vision and Pattern Recognition, CVPR 2017, Honolulu", "", "CVPR",
         "conference"),
        ("Proceedings of the IEEE/CVF International Conference on Computer Vision", "", "ICCV", "conference"),
        ("Computer Vision – ECCV 2020", "Lecture Notes in Computer Science", "ECCV", "conference"),
        ("Proceedings of the 57th Annual Meeting of the Association for Computational Linguistics", "", "ACL",
         "conference"),
        ("Proceedings of the 2019 Conference of the North American Chapter of the Association for Computational "
         "Linguistics: Human Language Technologies, Volume 1 (Long and Short Papers)", "", "NAACL", "conference"),
        ("Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing and the 9th "
         "International Joint Conference on Natural Language Processing (EMNLP-IJCNLP)", "", "EMNLP", "conference"),
        ("Proceedings of the Twenty-Fifth International Joint Conference on Artificial Intelligence, IJCAI-16", "",
         "IJCAI", "conference"),
        ("Proceedings of the 22nd ACM SIGKDD International Conference on Knowledge Discovery and Data Mining", "",
         "KDD", "conference"),
        ("International Conference on Machine Learning and Applications (ICMLA)", "", "ICMLA", "conference"),
        ("Findings of the Association for Computational Linguistics: EMNLP 2020", "", "Findings of EMNLP",
         "findings"),
        ("Findings of the ACL: EMNLP 2023", "", "Findings of EMNLP", "findings"),
        ("Findings of the ACL", "", "Findings of ACL", "findings"),
        ("Proceedings of the 2019 Conference of the North", "", "NAACL", "conference"),
        ("Proceedings of the 2019 International Conference on Management of Data", "SIGMOD/PODS '19", "SIGMOD",
         "conference"),
        ("International Conference on Machine Learning Technologies", "ICMLT '19", "ICMLT", "conference"),
        ("(Volume 1) The 3rd Conference on Snow", "", "Conference on Snow", "conference"),
        ("Findings of the Association for Computational Linguistics: ACL-IJCNLP 2021", "", "Findings of ACL",
         "findings"),
        ("Proceedings of the 2018 EMNLP Workshop BlackboxNLP: Analyzing and Interpreting Neural Networks for NLP",
         "", "BlackboxNLP", "workshop"),
        ("Proceedings of the Third Workshop on Natural Language Generation, Evaluation, and Metrics (GEM)", "", "GEM",
         "workshop"),
        ("NIPS Workshop on Adversarial Training", "", "NIPS Workshop on Adversarial Training", "workshop"),
        ("Proceedings of the 3rd North Pole Conference on Snow", "", "North Pole Conference on Snow", "conference"),
    ],
)  # fmt: skip
def test_books(text: str, series: str, name: str, track: str) -> None:
    assert series_and_track(text, series, True) == (name, track)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IEEE Transactions on Pattern Analysis and Machine Intelligence", ("IEEE TPAMI", "journal")),
        ("Trans. Mach. Learn. Res.", ("TMLR", "journal")),
        ("Transactions on Machine Learning Research", ("TMLR", "journal")),
        ("J. Mach. Learn. Res.", ("JMLR", "journal")),
        ("Journal of Machine Learning Research", ("JMLR", "journal")),
        ("Transactions of the Association for Computational Linguistics", ("TACL", "journal")),
        ("Proceedings of the National Academy of Sciences", ("PNAS", "journal")),
        ("IEEE Access", ("IEEE Access", "journal")),
        ("International Journal of Computer Vision", ("International Journal of Computer Vision", "journal")),
        ("Proceedings of the AAAI Conference on Artificial Intelligence", ("AAAI", "conference")),
        ("2018 IEEE/CVF Conference on Computer Vision and Pattern Recognition", ("CVPR", "conference")),
        ("arXiv preprint arXiv:1701.07875", None),
        ("ArXiv", None),
        ("CoRR", None),
        ("", None),
    ],
)
def test_journals(text: str, expected: tuple[str, str] | None) -> None:
    assert series_and_track(text, "", False) == expected
